/* The plots whose points must be computed first. Each works on a copy of the pass and
   changes nothing. */
#ifndef SHOW_PLOT_H
#define SHOW_PLOT_H

#include "session/emit.h"

/* The norm of the gradient by layer, as `diagnose` has it. */
bool plot_gradients(Session *session, Error *err);

/* L against one PARAMETER, the others fixed, with its tangent and its minimum. COLUMN is where the
   line names the parameter. */
bool plot_curve(Session *session, size_t parameter, int column, Error *err);

/* The classes of the plane of a classifier's two inputs, and the data's rows in it. */
bool plot_boundary(Session *session, Error *err);

#endif
