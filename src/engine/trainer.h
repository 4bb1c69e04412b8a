/* The trainer: the training loop as a machine that can stop after any event.

   The loop is the notes' algorithm: for each epoch, for each row (or batch of rows): forward,
   loss, all derivatives from the old parameters, update; at the end of an epoch the average
   loss. A trainer can be moved by whole updates, at full speed or with a record of what an
   update changed, or event by event; whichever way, the numbers come out the same to the bit.
   Where it stands is a Course, a plain value: who copies it together with the parameters, the
   optimizer's numbers and the descent can come back to that place.

   A trainer borrows everything that it works on, and prints nothing. While it lives the pass
   keeps its loss, its trick and its rows; parameters may be written between two updates, if
   pass_forget is called then. Each way of moving makes the room it needs when it is first
   taken; nothing is allocated per update. */
#ifndef ENGINE_TRAINER_H
#define ENGINE_TRAINER_H

#include "base/random.h"
#include "engine/online.h"
#include "engine/update.h"

typedef enum Mode { MODE_STOCHASTIC, MODE_BATCH, MODE_MINI } Mode;

/* How an epoch's rows become updates. */
typedef struct Plan {
    Mode mode;
    int batch;    /* rows of a mini-batch; the last of an epoch may have fewer */
    bool shuffle; /* a new order for every epoch */
} Plan;

/* Where the loop stands. */
typedef struct Course {
    long epoch;     /* how many have ended */
    size_t next;    /* the row that the next update takes or begins with, as a place in the
                       epoch's order, from 0 */
    double losses;  /* of this epoch's rows so far, each before its update: their sum in order */
    size_t counted; /* and how many these are */
    double average; /* of the epoch that ended last: the mean of its rows' losses */
    Random random;  /* as it was when the epoch began: the order follows from it */
    long updates;   /* all that were made on this course, whatever the optimizer counts */
    long events;    /* all of them, with those of ended epochs */
} Course;

/* The epoch's rows begin anew. */
void course_restart(Course *course);

/* Rows of inputs and then targets, one after the other. */
typedef struct Rows {
    const double *values;
    size_t count;
    int inputs, targets;
} Rows;

/* What happens next. Within an update the phases follow one another; each forward event
   computes one node (in all rows of the batch), each backward event one parameter's derivative
   (and the factors on its way that are not known yet), each update event changes one
   parameter. */
typedef enum Phase {
    PHASE_ROW, /* the rows are taken */
    PHASE_FORWARD,
    PHASE_LOSS,
    PHASE_BACKWARD,
    PHASE_UPDATE,
    PHASE_EPOCH /* an epoch has ended */
} Phase;

typedef struct Event {
    Phase phase;
    size_t element; /* the node or parameter; of PHASE_LOSS L; else net->elements */
} Event;

/* Somebody who goes along with the updates, one by one. */
typedef struct Follower {
    void (*made)(void *self);               /* one was made: its rows are still in the pass */
    void (*taken_back)(void *self);         /* the last was taken back */
    void (*ended)(void *self, size_t rows); /* an epoch with so many rows has ended */
    void *self;
} Follower;

typedef struct Trainer {
    Pass *pass;
    Descent *descent;
    double *slots;
    Course *course;
    Plan plan;
    Rows rows;         /* count 0: there is nothing to train on */
    size_t *order;     /* [rows.count]; NULL: in order */
    Random after;      /* the generator when the present epoch's order had been drawn */
    Online *online;    /* the fast loop, where it fits; else NULL */
    Update update;     /* of trainer_update and the events: made when first needed */
    Follower follower; /* {0}: nobody */
    Error refusal;     /* why no update can be made */
    bool refused;

    Phase phase;    /* of the next event */
    size_t at;      /* which of that phase's events it is */
    int op;         /* of PHASE_FORWARD: the op it belongs to */
    size_t done;    /* events of the present update so far; the epoch's end is its last one */
    Course begun;   /* the course, and how many updates the optimizer had counted, */
    long counted;   /* when the first of these was done */
    bool exchanged; /* the pass has the old parameters, and `update` those of now */
} Trainer;

/* A trainer of PASS over ROWS from COURSE on, with the first batch in the pass. When the
   batches cannot be trained with, the pass gets the one row to look at, and trainer_ready says
   why: they are too large for memory (MOST bytes, 0: half of the machine's), or of one row where
   a batch norm needs several. */
void trainer_begin(Trainer *trainer, Pass *pass, Descent *descent, double *slots, Course *course,
                   Plan plan, Rows rows, size_t most);
bool trainer_ready(const Trainer *trainer, Error *err);

/* An update that events have begun stays as it is, and so do the parameters it has changed. */
void trainer_release(Trainer *trainer);

/* Goes back to the beginning of the present update: parameters, running statistics, the optimizer's
   numbers, the course. Nothing happens between two updates. */
void trainer_rewind(Trainer *trainer);

/* Other numbers of another optimizer. An update that events have begun is begun anew. */
void trainer_set_slots(Trainer *trainer, double *slots);

/* What the present update began with, for whoever keeps copies: the course, how many updates the
   optimizer had counted, what the network stored [net->stored], and the optimizer's numbers. */
typedef struct Beginning {
    const Course *course;
    long counted;
    const double *stored, *slots;
} Beginning;
Beginning trainer_beginning(const Trainer *trainer);

/* The parameters and running statistics [net->stored] that the values and adjoints in the pass
   belong to: in the middle of PHASE_UPDATE, where some parameters are new already, the old
   ones. */
const double *trainer_old(const Trainer *trainer);

/* In the middle of PHASE_UPDATE: exchanges the parameters in the pass with the old ones, for
   whoever explains the derivatives by the numbers that they were taken with; and back again. */
void trainer_exchange(Trainer *trainer);
bool trainer_is_half_updated(const Trainer *trainer);

/* Whether the present update is made, and only the epoch's end is left of it. */
bool trainer_is_made(const Trainer *trainer);

/* How many events an update has, without the epoch's end that may follow its last one. */
size_t trainer_event_count(const Trainer *trainer);

/* How many updates there are in a whole epoch, and how many are left of this one. */
long trainer_updates_in_epoch(const Trainer *trainer);
long trainer_updates_left(const Trainer *trainer);

/* How many come before the one that takes ROW; -1: this epoch has passed it. */
long trainer_updates_to(const Trainer *trainer, size_t row);

/* How many events are left of the present phase. */
size_t trainer_phase_left(const Trainer *trainer);

/* The rows of the next update: places FIRST.. of the epoch's order, COUNT of them. */
void trainer_batch(const Trainer *trainer, size_t *first, int *count);

/* The index of the row at PLACE of the epoch's order, and the place of a row. */
size_t trainer_row(const Trainer *trainer, size_t place);
size_t trainer_place(const Trainer *trainer, size_t row);

/* The index of the row that the next update takes or begins with; when only the epoch's end is
   left, of the last one. */
size_t trainer_present_row(const Trainer *trainer);

/* Puts the rows of the next update into the pass, and shows the one that COURSE points to. */
void trainer_load(Trainer *trainer);

/* Makes the next update (or what is left of it, after single events) and fills in
   trainer->update. Unless it is UPDATE_MADE, nothing has changed. *ENDED tells whether an epoch
   ended with it (or before it, when only the epoch's end was left). */
UpdateResult trainer_update(Trainer *trainer, bool *ended);

/* What trainer_run is to do, and what it did. */
typedef struct Run {
    long updates, epochs; /* at most so many of both */
    double *averages;     /* [epochs]: gets the average loss of each epoch that ends */
    LossTest test;        /* stops the run before an update */
    long updates_made, epochs_ended;
    bool broke;    /* the next update cannot be made: see trainer_update */
    bool given_up; /* it was interrupted, and has not begun */
    bool sound;    /* false: a parameter broke on the way, and the numbers are no longer any good:
                      go back to a copy and make the same updates with trainer_update */
} Run;

/* Makes updates at full speed (first of all what is left of one that was begun). */
void trainer_run(Trainer *trainer, Run *run);

/* For the events: room for trainer->update; the course moves on past the batch whose losses
   are in the pass (true: that was the epoch's last); the next epoch begins. */
void trainer_make_room(Trainer *trainer);
bool trainer_conclude(Trainer *trainer);
void trainer_end_epoch(Trainer *trainer);

/* The next event, without doing it. */
Event trainer_event(const Trainer *trainer);

/* Does it. BY (not NULL) names, for the memo, who asked. False when it cannot be done: L or an
   updated parameter is not finite; *RESULT says which, and the update has changed nothing: L, or
   the first parameter's change, is the next event. A node or a derivative that was given up
   (pass->memo.stopped) is still the next event. */
bool trainer_next(Trainer *trainer, const char *by, UpdateResult *result);

#endif
