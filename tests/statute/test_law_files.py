"""The law files that ship: complete, cited, and checked."""

from gongkai.statute import law


def test_sixteen_catalogues_with_two_hundred_and_fifty_six_items_are_loaded() -> None:
    assert {code: len(c.items) for code, c in law().catalogues.items()} == {
        "EDUBUREAU": 33,
        "GOV20": 15,
        "GOV21": 8,
        "HE": 50,
        "K12": 11,
        "K12SD": 10,
        "KG": 14,
        "P4TOPICS": 20,
        "PARTY": 8,
        "PARTYREG": 7,
        "STAFF_P10": 14,
        "STAFF_P11": 7,
        "STAFF_P5": 6,
        "STAFF_P6": 15,
        "STAFF_P7": 18,
        "TOWNBOARD": 20,
    }
    assert len(law().items) == 256


def test_the_same_files_give_the_same_digest() -> None:
    assert len(law().digest) == 64
    assert law() is law()
