"""Import what is in use, prepare what is to be signed, record what was (`qmstool release`)."""

from __future__ import annotations

from qmstool.cli.acts import Acts

_ACTS = Acts(
    __name__,
    {
        "adopt": "tiếp nhận bản đã ký trên giấy / take over what was signed on paper",
        "import": "tên cũ của adopt / the old name of adopt",
        "prepare": "lập hồ sơ trình ký / freeze a candidate and write its dossier",
        "dossier": "in lại hồ sơ của một lần trình ký / write a candidate's dossier again",
        "tag": "gắn thẻ giữ nội dung mọi đợt / set the tags that keep every release's texts",
        "record": "ghi nhận văn bản đã ký / record the signed instrument",
    },
    # A word of the language cannot name a module.
    {"import": "import_"},
)
add = _ACTS.add
run = _ACTS.run
