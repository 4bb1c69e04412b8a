"""What a person would see: terminal output, control sequences carried out."""

import re
import unicodedata

SEQUENCE = re.compile(r"\x1b\[([?>]?)([0-9;]*)([@-~])|\x1b[()].|\x1b[=>78]")
UNFINISHED = re.compile(r"\x1b(\[[?>0-9;]*|[()])?$")


def plain(text):
    """TEXT without its control sequences."""
    return SEQUENCE.sub("", UNFINISHED.sub("", text))


class Screen:
    """A page of text without end: it is as wide as the terminal and never scrolls."""

    def __init__(self, columns):
        self.columns = columns
        self.cells = [[]]
        self.row = self.column = 0
        self.unfinished = ""

    def lines(self):
        return ["".join(row).rstrip() for row in self.cells]

    def feed(self, text):
        text = self.unfinished + text
        begun = UNFINISHED.search(text)
        self.unfinished = begun.group() if begun else ""
        text = text[:len(text) - len(self.unfinished)]
        at = 0
        while at < len(text):
            sequence = SEQUENCE.match(text, at)
            if sequence:
                self._control(sequence)
                at = sequence.end()
            else:
                self._character(text[at])
                at += 1

    def _character(self, character):
        if character == "\r":
            self.column = 0
        elif character == "\n":
            self._go_to_row(self.row + 1)
        elif character == "\b":
            self.column = max(0, min(self.column, self.columns) - 1)
        elif character == "\t":
            self.column = self.column // 8 * 8 + 8
        elif unicodedata.combining(character):
            self.cells[self.row][self.column - 1] += character
        elif character >= " ":
            self._put(character)

    def _put(self, character):
        if self.column >= self.columns:
            self.column = 0
            self._go_to_row(self.row + 1)
        self._pad()
        self.cells[self.row][self.column:self.column + 1] = [character]
        self.column += 1

    def _go_to_row(self, row):
        self.row = max(0, row)
        while len(self.cells) <= self.row:
            self.cells.append([])

    def _pad(self):
        line = self.cells[self.row]
        line.extend(" " * (self.column - len(line)))

    def _control(self, sequence):
        private, parameters, final = sequence.group(1), sequence.group(2), sequence.group(3)
        if private or not final:
            return
        numbers = [int(number or 0) for number in parameters.split(";")]
        count = max(1, numbers[0])
        line = self.cells[self.row]
        if final == "A":
            self._go_to_row(self.row - count)
        elif final == "B":
            self._go_to_row(self.row + count)
        elif final == "C":
            self.column = min(self.columns - 1, self.column + count)
        elif final == "D":
            self.column = max(0, self.column - count)
        elif final == "G":
            self.column = count - 1
        elif final == "P":
            del line[self.column:self.column + count]
        elif final == "@":
            self._pad()
            line[self.column:self.column] = [" "] * count
        elif final in "KJ" and numbers[0] == 0:
            del line[self.column:]
            if final == "J":
                del self.cells[self.row + 1:]
