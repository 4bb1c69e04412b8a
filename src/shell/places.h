/* Where the program's files are. Each path is the caller's to free; NULL says that there
   is no such place. Reads the environment, changes nothing. */
#ifndef SHELL_PLACES_H
#define SHELL_PLACES_H

char *place_start_file(void); /* ${XDG_CONFIG_HOME:-~/.config}/backprop/init.bp */
char *place_history(void);    /* ${XDG_STATE_HOME:-~/.local/state}/backprop/history */

char *place_progress(const char *lesson); /* ${XDG_STATE_HOME:-...}/backprop/lessons/LESSON */

char *place_own_lessons(void); /* $BACKPROP_LESSONS */

/* The lessons beside the executable, wherever that was moved with them. PROGRAM is argv[0], for
   systems that have no /proc. */
char *place_shipped_lessons(const char *program);

#endif
