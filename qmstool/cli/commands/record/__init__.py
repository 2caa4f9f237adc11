"""Record what goes round: a review, an opinion, a copy, a reading (`qmstool record`).

Each is an entry of a file under `releases/`, beside the chain of releases: what is recorded here
approves nothing.
"""

from __future__ import annotations

from qmstool.cli.acts import Acts

_ACTS = Acts(
    __name__,
    {
        "review": "đã xem xét định kỳ một tài liệu / a periodic review of a document",
        "opinion": "hỏi ý kiến một đơn vị, và trả lời của họ / what a unit was asked, and its "
        "answer",
        "copy": "phát, thu hồi, hủy, mất một bản / a copy handed out, recalled, destroyed, lost",
        "reading": "ai đã đọc và hiểu một tài liệu / who read and understood a document",
    },
    # A module called `copy` would be taken for the standard one.
    {"copy": "controlled_copy"},
)
add = _ACTS.add
run = _ACTS.run
