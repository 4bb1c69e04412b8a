/* Bookmarks: the exact return to an earlier state of a session.

   `undo` goes back to what the run follows from; a bookmark keeps what that leaves out, too: what
   the memo knows and from whom, the values of the pass, the lists of `undo` and `redo`, the
   question that is open, the line that an empty one repeats, the style. After a return every
   command says what it said the first time. A bookmark is the caller's, is taken and returned to
   between two commands, and lasts no longer than its session.

   It shares what is immutable with the session. So the history's memory (`info history`) counts
   what only bookmarks still hold. */
#ifndef SESSION_BOOKMARK_H
#define SESSION_BOOKMARK_H

#include <stddef.h>

typedef struct Session Session;
typedef struct Bookmark Bookmark;

Bookmark *bookmark_take(Session *session);
void bookmark_free(Bookmark *bookmark); /* NULL is fine */

/* As often as one likes. What was done since is forgotten, by `redo` as well. */
void bookmark_return(Session *session, const Bookmark *bookmark);

/* About what it takes of its own. */
size_t bookmark_bytes(const Bookmark *bookmark);

#endif
