/* The inside of a session: for those who show it, ask about it and change it; not for the shell. */
#ifndef SESSION_STATE_H
#define SESSION_STATE_H

#include "engine/dataset.h"
#include "engine/memo.h"
#include "engine/record.h"
#include "engine/sweep.h"
#include "engine/trainer.h"
#include "explain/explainer.h"
#include "session/history.h"
#include "session/open_question.h"
#include "session/points.h"
#include "session/session.h"

typedef struct Tape Tape;
typedef struct Recording Recording;

enum { NO_PAGE = -1 };

/* What is plain data among the things that a run follows from. */
typedef struct Setup {
    Descent descent;
    Plan plan;
    Course course; /* where the loop stands; its generator is the one that `init` draws from */
    const Loss *loss;
    long seed;
    int decimals; /* of the page that goes along by hand; NO_PAGE: there is none */
    bool typed;   /* the row was typed with `input`: the loop knows only that one */
    int typed_inputs, typed_targets;
} Setup;

/* What `undo` takes back, too, but is the user's, and the same at all places of a run. */
typedef struct Habits {
    bool memo_off;
    bool echo; /* commands of a script are shown before what they print */
    bool place_in_prompt;
    long epochs;   /* how many the loop has: where `continue` ends */
    size_t memory; /* most bytes that the history may take */
} Habits;

struct Session {
    SessionOptions options;
    Style style;

    Setup setup;
    Habits habits;
    Points *points;  /* breakpoints, watchpoints and displays; NULL: none */
    Pass *pass;      /* the network and its numbers; NULL before `init` */
    double *slots;   /* the optimizer's numbers, [slots][parameters]; NULL when it has none */
    Dataset *raw;    /* as loaded; NULL before `data` */
    Dataset *data;   /* the same, or a scaled copy */
    double *typed;   /* [typed_inputs + typed_targets] */
    Page *page;      /* what a person has written; NULL: there is none */
    Trainer trainer; /* over the row or the data; of no use unless the rows fit the network */
    Record *record;  /* of the training; NULL before an epoch has ended */
    Tape *tape;      /* the run so far; NULL before it has moved */
    char *change;    /* the command that has changed it since; or NULL */

    Explainer explainer;
    Arena arena; /* one command's; the session resets it */
    Arena words; /* the names of commands that the memo points to */
    History history;
    Recording *recording;                         /* of what is typed; NULL: none */
    void (*free_recording)(Recording *recording); /* whoever records knows how */

    Asking asking; /* the question that is open, or was last */

    const char *line; /* the command being executed */
    const char *name; /* its full name and arguments, without a comment */
    const char *by;   /* the same, for as long as the memo; made when first needed */
    const char *file; /* where it comes from; NULL: typed */
    long line_number;
    int depth;        /* of `source` */
    int level;        /* of commands within commands; 0: none runs */
    char *repeat;     /* the last command, when an empty line repeats it */
    Snapshot *before; /* once session_keep was called: the state before the command */
    bool partly;      /* set by a command that fails and yet keeps what it has done */
    bool epoch_over;  /* while an epoch that has just ended is looked at: `epoch` means it */
    Outcome outcome;  /* set by `quit` and by work that was interrupted */
};

/* The network; only where a command row says NEEDS_NET. */
static inline Net *session_net(const Session *session)
{
    return session->pass->net;
}

/* Puts NET in place of the present network (owned by the session from now on, with
   all numbers 0), and the optimizer's numbers at 0. */
void session_set_net(Session *session, Net *net);

/* Keeps the present state for `undo`, and goes back to the beginning of the present update: for
   commands that only at times change something, once nothing can fail any more. Those that always
   do have the flag CHANGES. */
void session_keep(Session *session);

/* EPOCH of the training has ended with the average LOSS. */
void session_record(Session *session, long epoch, double loss);

/* Puts the loop's present row (or batch) into the pass, when there is one that fits: after the
   network, the data, the plan or the course have changed. */
void session_place_row(Session *session);

/* The row that the loop is at, of the data, from 0. Only if there is one. */
size_t session_row(const Session *session);

/* The number, as people count, of a ROW (from 0) of the pass's batch; for an explainer whose `rows`
   is the session, SELF. */
long session_row_number(const void *self, int row);

/* Whether an update takes a single row. Only if there is one. */
bool session_row_by_row(const Session *session);

/* Makes ROW the one that the loop is at. */
void session_go_to_row(Session *session, size_t row);

/* Whether a row that fits the network is in place; the error says what is missing. */
bool session_row_ready(const Session *session, Error *err);

/* Makes sure that the values of a forward pass are there and that the loss can take
   the targets. */
bool session_forward(Session *session, Error *err);

/* What was written makes everything computed from it invalid. */
void session_forget(Session *session);

/* The present command as the memo will name it, good for as long as the memo. */
const char *session_by(Session *session);

/* Optimizer slots of the present network and optimizer, all 0. */
void session_reset_slots(Session *session);

bool session_interrupted(const Session *session);

/* Ends a command that was interrupted: false, and the error. */
bool session_stop(Session *session, Error *err);

/* ∂L/∂element through the memo; false (and an error) when interrupted. */
bool session_adjoint(Session *session, size_t element, double *value, Error *err);

#endif
