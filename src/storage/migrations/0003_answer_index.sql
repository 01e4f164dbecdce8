-- Answers without an index by questionnaire: no statement looks for them that way, and every answer paid for it with a
-- page of the write-ahead log. It worked when `\d answer` (or `.schema answer`) no longer names answer_instrument.

DROP INDEX answer_instrument;
