/* Questions as a quiz fence asks them. */
#include "lessons.h"

/* A fence with LINES in it, after one line of words. */
static Text quiz(const char *lines)
{
    Text source = {0};
    text_print(&source, "x\n```quiz\n%s```\n", lines);
    return source;
}

START_TEST(what_a_quiz_asks)
{
    static const struct {
        const char *lines, *expected;
    } rows[] = {
        {"q: What is L?\nanswer: 3\n", "What is L? = 3 @4"},
        {"\n  q:  What\n  is \n\nL?\n answer: grad w11^2 \n", "What is L? = grad w11^2 @8"},
        {"answer: L\nq: a\ntol: 0.5\n", "a = L tol 0.5 @3"},
        {"q: a\nanswer: 2*x\nkind: symbolic\n", "a = 2*x symbolic @4"},
        {"q: a\nanswer: 3\nhint: b: c\nhint: d\n", "a = 3 ?b: c ?d @4"},
        {"q: a\nanswer: 3\nwrong: 30 you said ŷ\nwrong: \"y - yhat\" the sign\n",
         "a = 3 !30:you said ŷ@5 !y - yhat:the sign@6 @4"},
        {"q: a\nanswer: x\nkind: symbolic\nwrong: -x sign\n", "a = x symbolic !-x:sign@6 @4"},
        {"q: a\n- [x] yes\n- [ ] no \n", "a +yes -no @4"},
        {"q: a\n- [x] yes\n- [ ] no\nwrong: b but\n", "a +yes -no !b:but@6 @4"},
        {"q: a\nhint: h\n- [ ] no\n- [X] yes\n- [x] also\n", "a -no +yes +also ?h @5"},
        {"q: a\nb:c = 2\n- d\nanswer: 3\n", "a b:c = 2 - d = 3 @6"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        Text source = quiz(rows[i].lines), expected = {0};
        text_print(&expected, "1 |P x\n2 %s\n", rows[i].expected);
        expect_lesson("a.md", source.bytes, expected.bytes);
        text_release(&source);
        text_release(&expected);
    }
}
END_TEST

START_TEST(what_is_no_quiz)
{
    static const struct {
        const char *lines;
        long line;
        const char *message;
    } rows[] = {
        {"", 2, "a quiz needs a question"},
        {"answer: 3\n", 2, "a quiz needs a question"},
        {"q: a\n", 2, "a quiz needs a key"},
        {"q: a\nhint: b\n", 2, "a quiz needs a key"},
        {"q: a\nanwser: 3\n", 4, "a quiz knows no `anwser:`; did you mean `answer:`?"},
        {"q: a\nauthor: me\n", 4, "a quiz knows no `author:`, but q, answer, tol, kind, hint and"},
        {"What?\nq: a\nanswer: 3\n", 3, "expected a `key:` or a choice"},
        {"q: a\nanswer: 3\nmore\n", 5, "expected a `key:` or a choice"},
        {"q: a\nhint: h\nmore\nanswer: 3\n", 5, "expected a `key:` or a choice"},
        {"q: a\n- [x] b\nmore\n- [ ] c\n", 5, "expected a `key:` or a choice"},
        {"q:\nanswer: 3\n", 3, "nothing stands after `q:`"},
        {"q: a\nanswer: \n", 4, "nothing stands after `answer:`"},
        {"q: a\n- [x]\n- [ ] c\n", 4, "nothing stands after `- [x]`"},
        {"q: a\nanswer: 3\nanswer: 4\n", 5, "`answer:` stands in line 4 already"},
        {"q: a\nq: b\nanswer: 4\n", 4, "`q:` stands in line 3 already"},
        {"q: a\nanswer: 3\n- [x] b\n- [ ] c\n", 4, "a quiz has an answer or choices, not both"},
        {"q: a\n- [ ] b\n- [ ] c\n", 4, "no choice is right"},
        {"q: a\n- [x] b\n", 4, "a single choice is none"},
        {"q: a\n- [x] b\n- [ ] c\ntol: 1\n", 6, "choices need no `tol:`"},
        {"q: a\n- [x] b\n- [ ] c\nkind: symbolic\n", 6, "choices need no `kind:`"},
        {"q: a\nanswer: x\ntol: 1\nkind: symbolic\n", 5, "a symbolic answer needs no `tol:`"},
        {"q: a\nanswer: x\ntol: 0\n", 5, "tol must be a number greater than 0, not `0`"},
        {"q: a\nanswer: x\ntol: small\n", 5, "tol must be a number greater than 0, not `small`"},
        {"q: a\nanswer: x\ntol: inf\n", 5, "tol must be a number greater than 0"},
        {"q: a\nanswer: x\ntol: nan\n", 5, "tol must be a number greater than 0"},
        {"q: a\nanswer: x\nkind: number\n", 5, "`kind: symbolic` is the only kind, not `number`"},
        {"q: a\nanswer: x\nwrong: 30\n", 5, "wrong: needs an expression and what to say then"},
        {"q: a\nanswer: x\nwrong: y - yhat the 2\n", 5,
         "no message begins with `-`: an expression"},
        {"q: a\nanswer: x\nwrong: \"\" no\n", 5, "wrong: needs an expression and what to say"},
        {"q: a\nanswer: x\nwrong: \"3 + 4 no\n", 5, "the expression's second `\"` is missing"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        Text source = quiz(rows[i].lines);
        expect_refusal("a.md", source.bytes, source.length, rows[i].line, rows[i].message);
        text_release(&source);
    }
}
END_TEST

START_TEST(what_else_is_refused)
{
    static const char options[] = "```quiz tol=1\nq: a\nanswer: 3\n```\n";
    static const char open[] = "```quiz\nq: a\nanswer: 3\n";
    expect_refusal("a.md", options, strlen(options), 1, "a quiz fence takes no options");
    expect_refusal("a.md", open, strlen(open), 1, "the fence that begins here is not closed");
}
END_TEST

UNIT("fence_quiz", what_a_quiz_asks, what_is_no_quiz, what_else_is_refused)
