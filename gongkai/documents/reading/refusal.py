"""Why a file was not read: each a fact with a plain message that says what to do."""


class Refused(Exception):
    """The file was not read; `code` names the reason, the message is for the person who chose it."""

    code = "refused"
    default = "文件没有被读取。"

    def __init__(self, message: str = "") -> None:
        self.message = message or self.default
        super().__init__(self.message)


class EmptyFile(Refused):
    """Nothing is in the file."""

    code = "empty"
    default = "这个文件是空的(0 字节)。请检查是否选错了文件,或重新保存后再上传。"


class TooLarge(Refused):
    """The file, or what is in it, is above the limit."""

    code = "too_large"
    default = "文件太大。请压缩图片或拆成几个文件后再上传。"


class ZipBomb(Refused):
    """Unpacked, the file would be far larger than it looks."""

    code = "zip_bomb"
    default = "这个文件解开后异常庞大,可能是恶意文件,没有打开。请用办公软件打开原件,另存一份再上传。"


class EncryptedFile(Refused):
    """The file needs a password."""

    code = "encrypted"
    default = "文件设有密码,无法读取和检查。请取消密码后另存一份再上传。"


class Unreadable(Refused):
    """The file is broken or is not what it says."""

    code = "unreadable"
    default = "文件已损坏或格式不对,无法读取。请用办公软件打开,另存一份再上传。"


class TookTooLong(Refused):
    """Reading needed more time or memory than allowed."""

    code = "took_too_long"
    default = "文件内容异常复杂,规定时间内读不完。请删去多余的空白行列或拆成几个文件后再上传。"


REFUSALS: dict[str, type[Refused]] = {
    kind.code: kind for kind in (Refused, EmptyFile, TooLarge, ZipBomb, EncryptedFile, Unreadable, TookTooLong)
}
