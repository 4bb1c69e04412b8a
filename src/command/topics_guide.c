#include "command/topics_texts.h"
#include "session/emit.h"
#include "session/scope.h"

void topic_notation(Session *session)
{
    emit_text(session, "w11^2     weight from node 1 of layer 1 to node 1 of layer 2;\n"
                       "          also written w_{11}^{2} or w₁₁²\n"
                       "w10,3^2   indices of two digits take a comma\n"
                       "b21       bias of node 1 in layer 2\n"
                       "z11 o11   node 1 of layer 1: the sum, and what the activation makes of it\n"
                       "x1 y yhat an input, the target, the prediction; of several: y2, yhat2\n"
                       "n11 s11   z11 normalised by a batch norm; γ11 n11 + β11, from it\n"
                       "mu11 v11  the mean and the variance that n11 is made with\n"
                       "gamma11 beta11   trained; mean11 var11 follow the batches\n"
                       "a11       before a skip: what the activation makes, o11 = a11 + x1\n"
                       "L         the loss\n"
                       "dL/dw11^2 a derivative; do11/dw11^1 likewise\n"
                       "W^2 b^2   all weights into layer 2, all its biases; gamma^1, ... likewise\n"
                       "norm(W^2) how large they are together, √(Σ w²); also norm(dL/dW^2)\n"
                       "(o11)^2   a power: a letter with digits, ^ and digits is one name");
}

void topic_perceptron(Session *session)
{
    emit_heading(session, "the perceptron: a single layer, a step, a hinge loss, and a trick");
    emit_text(session, "data classification target=placed:signs\n"
                       "data scale standard\n"
                       "init 2-1:step loss=hinge\n"
                       "set optimizer perceptron\n"
                       "train 20");
    emit_note(
        session,
        "A point is taken for +1 or -1 by the sign of z = %e; its target says which it is. The "
        "line between the two is z = 0. A point on its right side moves nothing. A wrong one "
        "pulls the line towards itself: %e is added to %e, and likewise for each weight and its "
        "input; for the bias the input is 1.",
        scope_parse_row(session, "w11^1 * x1 + w21^1 * x2 + b11"),
        scope_parse_row(session, "eta * y * x1"), scope_parse_row(session, "w11^1"));
    emit_note(
        session,
        "That is gradient descent but for a trick. The step's slope is 0, so every derivative "
        "of L is; the hinge's slope, -y for a wrong point, is passed through in its place.");
    emit_note(session,
              "When some line separates the classes, the perceptron finds one after finitely many "
              "mistakes, and %c stops by itself. When none does, as for %c, it never ends; %c says "
              "so when it sees it go round in circles.",
              "train", "data xor target=y:signs", "train");
}

void topic_modes(Session *session)
{
    static const Column columns[] = {{NULL, "mode"}, {NULL, "an update takes"}, {NULL, "and so"}};
    static const char *const cells[][3] = {
        {"stochastic", "one row",
         "many small, jumpy updates: the loss goes up and down, may leave a local minimum that "
         "way, and stays near the minimum rather than in it"},
        {"batch", "all rows",
         "one update an epoch, along the mean of all rows' gradients: the loss falls smoothly, "
         "and many rows at once are quickly computed"},
        {"mini", "`batch` rows", "between the two; sizes are powers of two by custom: 16, 32, 64"},
    };
    emit_table(session, NULL, FOR_PEOPLE, &(Table){.columns = columns, .count = 3});
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++)
        emit_row(session, (Cell[]){CELL_OF_TEXT(cells[i][0]), CELL_OF_TEXT(cells[i][1]),
                                   CELL_OF_TEXT(cells[i][2])});
    emit_table_end(session);
    emit_text(session, "set mode mini     choose; `train 10 mode=mini` does too\n"
                       "set batch 16      rows of a mini-batch; an epoch's last may have fewer\n"
                       "set shuffle on    another order of the rows in each epoch");
    emit_note(session,
              "In a batch L is the mean of the rows' losses, and so is every ∂L/∂w the "
              "mean over the rows: %c lists them. %c shows one row's loss and the mean; "
              "%c, %c and the derivatives of nodes are of one row, which %c chooses. %c, "
              "%c and %c take the whole batch.",
              "grad w11^1", "loss", "forward", "matrices", "row", "step", "check", "nudge");
    emit_note(session, "The rows' inputs differ, so the memo helps within a row, not from one row "
                       "to the next.");
}

/* Formulas, and what each is. */
static void explain_lines(Session *session, const char *const (*lines)[2], size_t count)
{
    static const Column columns[] = {{NULL, ""}, {NULL, ""}};
    emit_table(session, NULL, FOR_PEOPLE,
               &(Table){.columns = columns, .count = 2, .headless = true});
    for (size_t i = 0; i < count; i++)
        emit_row(session, (Cell[]){CELL_OF_TEXT(lines[i][0]), CELL_OF_TEXT(lines[i][1])});
    emit_table_end(session);
}

void topic_batch_norm(Session *session)
{
    static const char *const lines[][2] = {
        {"μ = mean(z)", "over the rows of the batch"},
        {"v = mean((z - μ)²)", "how far they spread"},
        {"n = (z - μ)/√(v + 1e-05)", "normalised: mean 0, variance 1"},
        {"s = γ n + β", "what the activation gets; without one it is o"},
    };
    emit_note(session, "+bn puts a batch norm between a layer's sums and its activation: %c",
              "init 2-4:relu+bn-1");
    explain_lines(session, lines, sizeof lines / sizeof lines[0]);
    emit_note(session,
              "So the sums stay where an activation's slope is not tiny, which helps "
              "against vanishing gradients. γ (1 at first) and β (0 at first) are trained; "
              "β stands for the bias, which the layer does not have.");
    emit_note(session, "In a batch a z moves μ and v too, and with them every row's n:");
    emit_note(session, "  ∂L/∂z = (∂L/∂n - mean(∂L/∂n) - n mean(∂L/∂n × n))/√(v + 1e-05)");
    emit_note(session,
              "A single row has no spread. There the running statistics mean and var "
              "stand for μ and v, so that ∂n/∂z = 1/√(v + 1e-05). Each update moves them "
              "a tenth of the way to its batch's (the variance with 1/(rows - 1)); no "
              "derivative trains them. Learning takes batches: %c or %c.",
              "set mode batch", "set mode mini");
}

void topic_residual(Session *session)
{
    static const char *const lines[][2] = {
        {"a = tanh(z)", "what the layer makes of its input x (a linear one: z or s)"},
        {"o = a + x", "and the input as it is"},
    };
    emit_note(session,
              "+skip makes a residual layer: what enters it is added to what leaves it, "
              "so both have the same width: %c",
              "init 3-3:tanh+skip-1");
    explain_lines(session, lines, sizeof lines / sizeof lines[0]);
    emit_note(session,
              "Two paths lead back through such a layer, and the derivatives along them "
              "add up. The one around it has the slope ∂o/∂x = 1: however tiny the slopes "
              "inside, the gradient reaches the layers below whole, which helps against "
              "vanishing gradients. %c shows the sum, %c each path.",
              "grad x1", "grad x1 paths");
}

void topic_debugging(Session *session)
{
    static const char *const lines[][2] = {
        {"list, where", "the loop in numbered lines; where it stands"},
        {"next, back", "n, rn: one event forward or back"},
        {"step, reverse-step", "s, rs: one update"},
        {"finish", "what is left of this phase"},
        {"continue, reverse-continue", "c, rc: to a breakpoint or a watchpoint"},
        {"until avgL < 1", "until that is true after an update"},
        {"goto epoch 3 row 2", "there, forward or back"},
        {"break o11", "stops before o11 is computed"},
        {"break 7", "before line 7; a phase or dL/dw11^1 will do, too"},
        {"break loss if epoch > 2", "when that is true there, from the third epoch on"},
        {"watch w11^1", "stops when it changes, and shows by what"},
        {"watch abs(w11^1) > 100", "when that becomes true, or false"},
        {"display norm(dL/dW^1)", "is printed at every stop"},
        {"info breakpoints", "their numbers, for delete, disable, condition"},
    };
    emit_note(session, "What is debugged is the training loop. It goes from event to event: a row, "
                       "each node, L, each derivative, each new parameter.");
    explain_lines(session, lines, sizeof lines / sizeof lines[0]);
    emit_note(session,
              "Going back is exact: everything is as it was there. A change begins a new future, "
              "and %c takes that back, too. To find a cause, let it happen, say what is wrong with "
              "it, and go backward to where that began:",
              "undo");
    emit_text(session, "continue\n"
                       "watch abs(w11^1) > 100\n"
                       "reverse-continue\n"
                       "next");
}

void topic_by_hand(Session *session)
{
    emit_note(session,
              "%c begins a page that goes along by hand, with 4 decimals. Every line is then also "
              "computed as a person does it: from the rounded numbers of the lines before, and "
              "rounded itself, a half away from zero. A line is what is printed as one: a node, L, "
              "a factor of a chain, its product, each path of a sum and the sum.",
              "set round 4");
    emit_note(session,
              "Beside the exact number stands what comes out by hand: %c to these digits, "
              "or how many units of the last place away; from a million on, %c.",
              "equal", "far off");
    emit_note(session,
              "What is given is not rounded: rows, parameters as they were set, assumed nodes. An "
              "update leaves the page with parameters of its own, so that its slips carry on, also "
              "through %c. For adam, rmsprop and adagrad 4 decimals are few: where g² rounds to 0, "
              "only 1e-8 is left to divide by, and the page is far off at once.",
              "train");
    emit_note(session,
              "Not computed by hand: %c's central differences (with few decimals the two losses "
              "are the same), how one node follows from another through the statistics of a batch "
              "(%c), pictures (%c), the norms and means of %c, tables of counts, and what is only "
              "true or false (%c, %c, conditions). %c wants the exact answer.",
              "check", "print dyhat/dz11", "plot", "diagnose", "assert", "until", "ask");
    emit_note(session,
              "%c says what a published page has there, judges it, and goes on from it. The page "
              "is a part of the run: going back and forward, %c and %c find it as it was.",
              "page dL/dz21 = -0.1903", "undo", "save");
}
