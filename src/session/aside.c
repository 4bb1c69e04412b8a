#include <string.h>

#include "session/aside.h"

Aside aside_begin(Session *session)
{
    Aside aside = {.session = session, .probe = probe_new(session)};
    aside.pass = probe_pass(aside.probe);
    aside.pass->memo.interrupted = session->options.interrupted;
    session->explainer.pass = aside.pass;
    return aside;
}

void aside_end(Aside *aside)
{
    aside->session->explainer.pass = aside->session->pass;
    probe_free(aside->probe);
    arena_release(&aside->words);
}

bool aside_derive(Aside *aside, size_t element, const char *by, const DerivationSink *sink)
{
    const char *kept = arena_copy(&aside->words, by, strlen(by));
    return derive_gradient(&aside->session->explainer, element, kept, sink);
}
