/* Markdown as blocks. */
#include "lessons.h"

/* What the page of MARKDOWN consists of, before a step. */
static void expect_page(const char *markdown, const char *expected)
{
    Text source = {0}, spelled = {0};
    text_print(&source, "%s\n\n" STEP, markdown);
    Lesson lesson = read_lesson("a.md", source.bytes, source.length);
    if (lesson.parts[0].kind == PART_PASSAGES) spell_page(&spelled, &lesson.parts[0].passages);
    ck_assert_msg(!strcmp(text_string(&spelled), expected), "%s\n%s\n%s", markdown,
                  text_string(&spelled), expected);
    lesson_release(&lesson);
    text_release(&source);
    text_release(&spelled);
}

static void expect_pages(const Sample *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) expect_page(rows[i].source, rows[i].expected);
}

START_TEST(words_and_their_accents)
{
    static const Sample rows[] = {
        {"one\ntwo", "|P one two\n"},
        {"one\\\ntwo  \nthree", "|P one\ntwo\nthree\n"},
        {"a *b* **c** d", "|P a /b/ *c* d\n"},
        {"***a*** _b **c** d_", "|P *a* /b /*c*/ d/\n"},
        {"w11^2 a_b_c 2 * 3 * 4", "|P w11^2 a_b_c 2 * 3 * 4\n"},
        {"`grad w11^2` and ``a`b``", "|P `grad w11^2` and `a`b`\n"},
        {"*a `b` c*", "|P /a /`b`/ c/\n"},
        {"\\*a\\* &lt; &eta; ŷ", "|P *a* < η ŷ\n"},
        {"[text](http://u) end", "|P text (http://u) end\n"},
        {"[*te* `xt`](u)", "|P /te/ `xt` (u)\n"},
        {"<http://u.v> <a@b.cd> [u](u)", "|P http://u.v a@b.cd u\n"},
        {"[text]() [text][t]\n\n[t]: u 'title'", "|P text text (u)\n"},
        {"![a *plot*](p.png) ![](q.png)", "|P a /plot/ \n"},
        {"[![alt](p.png)](u)", "|P alt (u)\n"},
        {"a <!-- b --> <kbd>c</kbd>", "|P a  <kbd>c</kbd>\n"},
        {"a \x1b[31m \t b", "|P a \x1b[31m \t b\n"},
    };
    expect_pages(rows, COUNT(rows));
}
END_TEST

START_TEST(passages)
{
    static const Sample rows[] = {
        {"# One *two*\n### `three`", "|H1 One /two/\n|H3 `three`\n"},
        {"One\n===\nTwo\n---\n***", "|H1 One\n|H2 Two\n|R\n"},
        {"```\na\n  b\n```\n\n    c\n\n    d", "|C a\n  b\n\n|C c\n\nd\n\n"},
        {"```text\n```", "|C\n"},
        {"~~~\n\tŷ *x*\n~~~", "|C \tŷ *x*\n\n"},
        {"<!-- a\n\nb -->\nx", "|P x\n"},
        {"<!-- a -->\n\nx", "|P x\n"},
        {"<!-- a --> b\n\nx", "|P b\n|P x\n"},
        {"<div>\n  a\n</div>", "|P <div>\n  a\n</div>\n"},
        {"[a]: u", ""},
    };
    expect_pages(rows, COUNT(rows));
}
END_TEST

START_TEST(lists_and_quotations)
{
    static const Sample rows[] = {
        {"a\n- b\n- c\n\nd", "|P a\n• |  P b\n,• |  P c\n|P d\n"},
        {"- a\n\n- b", "• |  P a\n• |  P b\n"},
        {"- a\n  b\n\n  c", "• |  P a b\n  |  P c\n"},
        {"- a\n  - b\n    - c\n- d", "• |  P a\n,  • |    P b\n,    • |      P c\n,• |  P d\n"},
        {"- a\n\n  - b\n  - c", "• |  P a\n  • |    P b\n,  • |    P c\n"},
        {"1. a\n1. b", "1. |   P a\n,2. |   P b\n"},
        {"9) a\n9) b\n   - c", "9. |   P a\n,10. |    P b\n,    • |      P c\n"},
        {"0. a", "0. |   P a\n"},
        {"- 1. a\n  2. b", "• 1. |     P a\n,  2. |     P b\n"},
        {"-\n- a\n-", "• |  P\n,• |  P a\n,• |  P\n"},
        {"- ```\n  a\n  ```\n- # b", "• |  C a\n\n,• |  H1 b\n"},
        {"> a\n> b\n>\n> c\n\nd", "> |> P a b\n> |> P c\n|P d\n"},
        {"> - a\n>   - b\n> - c", "> • |>   P a\n,>   • |>     P b\n,> • |>   P c\n"},
        {"- > a", "• > |  > P a\n"},
        {"> > a\n\nb", "> > |> > P a\n|P b\n"},
    };
    expect_pages(rows, COUNT(rows));
}
END_TEST

START_TEST(tables)
{
    static const Sample rows[] = {
        {"|a|b|\n|-|-|\n|1|2|", "TABLE [a] [b]\nROW [1] [2]\nEND\n"},
        {"a | b\n:-- | --:\n1 | 2\n3 | 4\n\nx",
         "TABLE [a] [b]\nROW [1] [2]\nROW [3] [4]\nEND\n|P x\n"},
        {"| a | b |\n|---|:-:|", "TABLE [a] [b]\nEND\n"},
        {"|a|b|\n|-|-|\n|1|\n|1|2|3|\nx",
         "TABLE [a] [b]\nROW [1] []\nROW [1] [2]\nROW [x] []\nEND\n"},
        {"|a|\n|-|\n| *x* `y` [t](u) |", "TABLE [a]\nROW [/x/ `y` t (u)]\nEND\n"},
        {"|`a` *b*|\n|-|\n|x|", "TABLE [a b]\nROW [x]\nEND\n"},
        {"|a\\|b|\n|-|\n|`c\\|d`|", "TABLE [a|b]\nROW [`c|d`]\nEND\n"},
        {"|a|\n|-|\n|# x|\n|- y|\n|1. z|\n|> q|\n|**s**|\n|.|",
         "TABLE [a]\nROW [# x]\nROW [- y]\nROW [1. z]\nROW [> q]\nROW [*s*]\nROW [.]\nEND\n"},
        {"| | |\n|-|-|\n|1||", "HEADLESS [] []\nROW [1] []\nEND\n"},
        {"|a\x1b|\n|-|\n|x|", "TABLE [a\\x1b]\nROW [x]\nEND\n"},
        {"- |a|\n  |-|\n  |1|\n- b", "• |  P\nTABLE+2 [a]\nROW [1]\nEND\n,• |  P b\n"},
        {"1. x\n   - |a|\n     |-|", "1. |   P x\n,   • |     P\nTABLE+5 [a]\nEND\n"},
        {"> |a|\n> |-|\n> |1|", "TABLE+2 [a]\nROW [1]\nEND\n"},
        {"|a|b|\n|-|\n|1|2|", "|P |a|b| |-| |1|2|\n"},
        {"|a|\n|x|\n|-|", "|P |a| |x| |-|\n"},
        {"|a|\n|:|\n", "|P |a| |:|\n"},
        {"a|b\n-x|-", "|P a|b -x|-\n"},
        {"a\n:-", "|P a :-\n"},
    };
    expect_pages(rows, COUNT(rows));
}
END_TEST

/* Of the line that a page begins at, and how pages and steps take turns. */
START_TEST(pages_are_parts)
{
    expect_lesson("a.md",
                  "\n\n# A\n\nb\n```bp\nbp> c\n```\n```bp\nbp> d\n```\n[e]: f\n\n- g\n\n```quiz\n"
                  "q: h\nanswer: 1\n```\n<!-- i -->\n\nj [e]\n",
                  "3 |H1 A\n|P b\n7 c =>\n10 d =>\n14 • |  P g\n16 h = 1 @18\n22 |P j e (f)\n");
}
END_TEST

UNIT("passages", words_and_their_accents, passages, lists_and_quotations, tables, pages_are_parts)
