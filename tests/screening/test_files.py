import json

from gongkai.documents.reading import read
from gongkai.screening import screen, screen_file
from gongkai.screening.command import main
from tests.documents import files

ADULT = "11010519491231002X"


def found(data: bytes, name: str) -> list[tuple[str, str, str]]:
    return [(finding.code, finding.severity, finding.where) for finding in screen_file(data, name=name)]


def test_a_hidden_column_with_an_id_number_is_reported_as_hidden_and_as_an_id():
    findings = found(files.hidden_xlsx(ADULT), "成绩.xlsx")
    assert findings == [
        ("hidden_column", "error", "sheet 成绩!C1 (hidden column)"),
        ("hidden_row", "error", "sheet 成绩!A4 (hidden row)"),
        ("comment", "warning", "sheet 成绩!A2 (comment)"),
        ("hidden_sheet", "error", "sheet 草稿!A1 (hidden sheet)"),
        ("hidden_sheet", "error", "sheet 深藏!A1 (hidden sheet)"),
        ("resident_id", "error", "sheet 成绩!C2 (hidden column)"),
    ]


def test_messages_are_chinese_and_say_what_to_do():
    messages = [finding.message for finding in screen_file(files.hidden_xlsx(ADULT), name="成绩.xlsx")]
    assert messages[0] == (
        "工作表“成绩”C1(隐藏列)等 2 处:有隐藏的列,公开后别人可以取消隐藏看到内容。"
        "请删去或取消隐藏后再上传;确需保留的,由另一人说明理由。"
    )
    assert messages[-1].startswith("工作表“成绩”C2(隐藏列):出现居民身份证号 110***********002X。")


def test_hidden_deleted_and_commented_text_of_a_word_file_is_reported_once_a_kind():
    assert found(files.nine_marks_docx(), "方案.docx") == [
        ("hidden_text", "error", "隐藏文字1"),
        ("deleted", "warning", "修订中已删除的文字1"),
        ("comment", "warning", "批注1"),
        ("revision", "warning", ""),
    ]


def test_a_number_in_a_header_is_found_there():
    data = files.repacked(files.nine_marks_docx(), change={"word/header1.xml": ("页眉的字", "值班13800138000")})
    assert ("office_mobile", "note", "页眉1") in found(data, "方案.docx")


def test_a_column_heading_tells_a_serial_from_a_mobile():
    assert found(files.xlsx(["学号", "手机"], ["13800138000", "13900139000"]), "表.xlsx") == [
        ("mobile", "error", "sheet Sheet!B2")
    ]


def test_what_was_not_checked_never_passes():
    assert found(b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "扫描.png") == [("unchecked", "error", "图片")]
    assert found(files.encrypted_docx(), "密.docx") == [("unchecked", "error", "整个文件")]
    assert found(files.bomb_docx(60), "炸.docx") == [("unchecked", "error", "整个文件")]
    assert found(b"", "空.docx") == [("unchecked", "error", "整个文件")]
    assert found(files.pdf("A page with plain words", ""), "扫描.pdf") == [("unchecked", "error", "第2页")]
    assert found(files.zipped({"a.txt": b"x"}), "包.zip") == [("unchecked", "error", "整个文件")]


def test_an_unchecked_finding_says_so_first():
    (finding,) = screen_file(files.password_ole(), name="密.xlsx")
    assert finding.message == "未能检查:文件设有密码,无法读取和检查。请取消密码后另存一份再上传。"


def test_a_macro_is_an_error_of_its_own():
    assert ("macro", "error", "") in found(files.marked_docx(5), "a.docx")


def test_a_line_of_a_text_file_is_named():
    document = read(f"第一行\n第二行\n家长 {ADULT}".encode("gb18030"), name="a.txt")
    assert [(finding.where, finding.message[:4]) for finding in screen(document)] == [("第3行", "第3行:")]


def test_the_command_prints_the_contract_and_exits_one_on_errors(tmp_path, capsys):
    bad, good = tmp_path / "坏.xlsx", tmp_path / "好.txt"
    bad.write_bytes(files.hidden_xlsx(ADULT))
    good.write_text("常青小学收费公示", encoding="utf-8")
    assert main([str(bad), str(good), "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert [item["file"] for item in answer["files"]] == [str(bad), str(good)]
    last = answer["files"][0]["findings"][-1]
    assert (last["kind"], last["severity"], last["where"], last["masked"]) == (
        "resident_id",
        "error",
        "sheet 成绩!C2 (hidden column)",
        "110***********002X",
    )
    assert answer["files"][1]["findings"] == []


def test_the_command_exits_zero_when_nothing_is_serious_and_two_on_wrong_use(tmp_path, capsys):
    good = tmp_path / "好.txt"
    good.write_text("监督电话13800138000", encoding="utf-8")
    assert main([str(good)]) == 0
    assert "[提示]" in capsys.readouterr().out
    assert main([]) == 2
    assert main(["--nonsense", str(good)]) == 2
    assert main([str(tmp_path / "没有.txt")]) == 2
    assert "没有这个文件" in capsys.readouterr().err
