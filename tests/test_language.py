"""Which language a text is in."""

import pytest

from provenance.language import detect

CASES = [
    ("The mayor said on Monday that the bridge would be closed for a year because the steel was old.", None, "en"),
    ("The mayor said on Monday that the bridge would be closed for a year because the steel was old.", "de", "en"),
    (
        "Basketball: Sampleton 70, Northport 44. Example 25 points, Sample 17 points, Miller 10 points, Jones 4.",
        "en",
        "en",
    ),
    (
        "Der Bürgermeister sagte am Montag, dass die Brücke für ein Jahr gesperrt werde, weil der Stahl alt sei.",
        "en",
        "de",
    ),
    ("Le maire a dit lundi que le pont serait fermé pendant un an parce que son acier était trop vieux.", None, "fr"),
    ("市长星期一说 桥 将 关闭 一年 因为 钢 太 旧 了 他 说 这 是 必要 的", "zh", "zh"),
    ("市长星期一说 桥 将 关闭 一年 因为 钢 太 旧 了 他 说 这 是 必要 的", None, "und"),
]


@pytest.mark.parametrize(("text", "stated", "language"), CASES)
def test_detect(text: str, stated: str | None, language: str) -> None:
    assert detect(text, stated) == language
