"""The forms that go up: a pure function of facts, to sheets and to the workbook. Sees no book."""
