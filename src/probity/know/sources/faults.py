"""Faults: the sentences in which a delivered file is refused."""

from collections.abc import Mapping

from probity.know.sources.types import FileRefused
from probity.terms import Text

_REASONS = {
    "EMPTY": Text("文件为空", "the file is empty"),
    "TOO_LARGE": Text(
        "文件过大：{size} 字节，上限 {most} 字节", "the file is too large: {size} bytes, the limit is {most}"
    ),
    "FORMAT": Text(
        "无法识别的文件格式：应为 CSV、XLS、XLSX 或 Parquet",
        "unknown file format: CSV, XLS, XLSX or Parquet was expected",
    ),
    "HTML": Text(
        "文件内容是网页或 XML，不是表格：请另存为 CSV 或 XLSX 后再报送",
        "the content is a web page or XML, not a table: save it as CSV or XLSX and deliver again",
    ),
    "TRUNCATED": Text("文件不完整：可能在传输中被截断", "the file is not whole: it may have been cut off on its way"),
    "SPREADSHEET": Text("无法读取电子表格：{reason}", "the spreadsheet cannot be read: {reason}"),
    "PARQUET": Text("无法读取 Parquet 文件：{reason}", "the Parquet file cannot be read: {reason}"),
    "LOCKED": Text("文件设有密码，无法读取", "the file is locked by a password"),
    "BOMB": Text(
        "压缩比异常：解压后 {size} 字节，为压缩大小的 {ratio} 倍，疑为压缩炸弹",
        "suspicious compression: {size} bytes unpacked, {ratio} times the packed size",
    ),
    "ROWS": Text("行数超过上限 {most}", "more rows than the limit of {most}"),
    "COLUMNS": Text("列数超过上限 {most}", "more columns than the limit of {most}"),
    "CELL": Text(
        "第 {line} 行附近有单元格超过 {most} 个字符：可能是引号没有闭合",
        "near line {line} a cell is longer than {most} characters: perhaps a quotation mark is not closed",
    ),
    "MEMORY": Text("读取文件所需内存超过上限", "reading the file takes more memory than the limit"),
    "TIME": Text("读取文件所需处理器时间超过上限", "reading the file takes more processor time than the limit"),
    "SILENT": Text(
        "读取文件的进程在 {seconds} 秒内没有响应，已终止",
        "the process reading the file was silent for {seconds} seconds and was ended",
    ),
    "CRASHED": Text(
        "读取文件的进程异常退出，文件可能已损坏", "the process reading the file died: the file may be damaged"
    ),
}


def refusal(code: str, values: Mapping[str, object]) -> FileRefused:
    """Return the error that says, in both languages, why a file is refused."""
    reason = _REASONS.get(code, _REASONS["CRASHED"])
    return FileRefused(code, reason.filled(**values))
