#include "session/emit.h"
#include "session/pins.h"

void pins_release(Session *session)
{
    Pass *pass = session->pass;
    for (int i = 0; pass && i < pass->pin_count; i++)
        emit_note(session, "%e is no longer assumed",
                  explain_symbol(&session->explainer, pass->pins[i].element));
    if (pass) pass_unpin(pass);
}

bool pins_none(const Session *session, Error *err)
{
    if (!session->pass->pin_count) return true;
    char name[SYMBOL_SIZE];
    symbol_spell(name, net_symbol(session_net(session), session->pass->pins[0].element));
    return fail(err, 0, "%s is assumed; `forward` releases it", name);
}
