"""One page of every kind: of the real manual, and of the manual with a whole life."""

from __future__ import annotations

REAL = (
    "", "so-tay/", "so-tay/8.3/", "so-tay/8.5/", "tai-lieu/", "bieu-mau/", "tai-lieu-ben-ngoai/", "tai-lieu-ben-ngoai/nd-83-2006/",
    "ho-so/", "ma-tran/", "ap-dung/", "chu-viet-tat/", "chuyen-doi/", "so-do-qua-trinh/", "ban-do-dieu-khoan/", "bang-theo-doi/",
    "cac-dot-ban-hanh/", "kiem-chung/", "ve-so-tay/", "tai-lieu/qt-vp-01/", "du-thao/", "du-thao/tai-lieu/qt-bis-01/",
    "du-thao/tai-lieu/bm-bis-01-01/", "0001/", "404.html",
)  # fmt: skip
# In force, superseded, its successor, withdrawn, scheduled, a draft, a form, and the same document
# in three releases.
LIVED = (
    "", "tai-lieu/", "tai-lieu/qt-vp-01/", "tai-lieu/qt-vp-02/", "tai-lieu/qt-vp-03/", "tai-lieu/qt-vp-04/", "tai-lieu/qt-vp-05/",
    "du-thao/tai-lieu/qt-vp-06/", "du-thao/tai-lieu/bm-vp-01-01/", "0001/tai-lieu/qt-vp-01/", "0002/tai-lieu/qt-vp-01/",
    "0004/tai-lieu/qt-vp-01/", "bang-theo-doi/", "cac-dot-ban-hanh/", "cac-dot-ban-hanh/0003/",
    "cac-dot-ban-hanh/0003/thong-bao/", "nhat-ky/", "phan-phoi/", "kiem-chung/", "ngay/", "so-do-qua-trinh/",
)  # fmt: skip
# The fixture that serves a page, and the page.
KINDS = (*(("published", page) for page in REAL), *(("life", page) for page in LIVED))
