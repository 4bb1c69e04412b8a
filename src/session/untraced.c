#include <string.h>

#include "session/untraced.h"

Untraced untraced_begin(Session *session)
{
    Untraced untraced = {.session = session, .probe = probe_new(session)};
    untraced.pass = probe_pass(untraced.probe);
    untraced.pass->memo.interrupted = session->options.interrupted;
    session->explainer.pass = untraced.pass;
    return untraced;
}

void untraced_end(Untraced *untraced)
{
    untraced->session->explainer.pass = untraced->session->pass;
    probe_free(untraced->probe);
    arena_release(&untraced->words);
}

bool untraced_derive(Untraced *untraced, size_t element, const char *by, const DerivationSink *sink)
{
    const char *kept = arena_copy(&untraced->words, by, strlen(by));
    return derive_gradient(&untraced->session->explainer, element, kept, sink);
}
