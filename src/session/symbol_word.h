/* Symbols as they are typed where one is wanted: a word and nothing else. */
#ifndef SESSION_SYMBOL_WORD_H
#define SESSION_SYMBOL_WORD_H

/* WORD without the dL/d that may stand before a symbol: `dL/dw11^2` where `w11^2` is meant. */
const char *symbol_word(const char *word);

/* How what WORD, which is no symbol, may have meant is written: the end of a sentence. */
const char *symbol_hint(const char *word);

#endif
