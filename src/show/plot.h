/* Plots. What must be computed for one is computed on a copy of the pass: nothing is changed. */
#ifndef SHOW_PLOT_H
#define SHOW_PLOT_H

#include "session/emit.h"

/* The average loss by epoch, of those that the record keeps: one has ended. */
void plot_losses(Session *session);

/* COUNT parameters by epoch, which the record keeps; 0: those that moved most. */
enum { PLOT_PARAMETERS = 6 /* that are told apart at a glance */ };
void plot_parameters(Session *session, const size_t *parameters, int count);

/* The norm of the gradient by layer, as `diagnose` has it. */
bool plot_gradients(Session *session, Error *err);

/* L against one PARAMETER, the others fixed, with its tangent and its minimum. COLUMN is where the
   line names the parameter. */
bool plot_curve(Session *session, size_t parameter, int column, Error *err);

/* The classes of the plane of a classifier's two inputs, and the data's rows in it. */
bool plot_boundary(Session *session, Error *err);

#endif
