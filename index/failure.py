"""Why a chat model's reply can't be used, or not all of it."""

from __future__ import annotations

from enum import StrEnum


class Failure(StrEnum):
    """What went wrong with a reply; :attr:`phrase` says it to the asker."""

    UNREACHABLE = "unreachable"  # no connection
    DENIED = "denied"  # 401, 403
    NOT_FOUND = "not_found"  # 404: another address or another model's name
    BUSY = "busy"  # 429
    SERVER_ERROR = "server_error"  # 5xx, or an error told inside the stream
    REJECTED = "rejected"  # any other status that isn't 200
    UNREADABLE = "unreadable"  # not the event stream that was asked for
    TIMEOUT = "timeout"
    BROKEN_OFF = "broken_off"  # the connection ended before the reply did
    CUT_SHORT = "cut_short"  # the reply reached the token limit
    WITHHELD = "withheld"  # the reply ended for another reason than being complete
    TOO_LONG = "too_long"  # more characters or bytes than are read
    EMPTY = "empty"
    UNVERIFIED = "unverified"  # no sentence agreed with the evidence
    CROWDED = "crowded"  # as many answers as allowed are being written
    PAUSED = "paused"  # the circuit breaker is open
    STOPPED = "stopped"  # the asker left

    @property
    def phrase(self) -> str:
        """The failure as a clause in plain Chinese, without full stop."""
        return _PHRASES[self]


_PHRASES = {
    Failure.UNREACHABLE: "连接不上语言模型服务",
    Failure.DENIED: "语言模型服务拒绝了访问，请管理员检查密钥",
    Failure.NOT_FOUND: "找不到所配置的语言模型，请管理员检查设置",
    Failure.BUSY: "语言模型服务繁忙",
    Failure.SERVER_ERROR: "语言模型服务出错",
    Failure.REJECTED: "语言模型服务不接受这次请求",
    Failure.UNREADABLE: "语言模型的回复无法读取",
    Failure.TIMEOUT: "语言模型没有在限定时间内答完",
    Failure.BROKEN_OFF: "语言模型的回复中途断了",
    Failure.CUT_SHORT: "语言模型的回复没有写完",
    Failure.WITHHELD: "语言模型没有把回复给全",
    Failure.TOO_LONG: "语言模型的回复过长",
    Failure.EMPTY: "语言模型没有给出内容",
    Failure.UNVERIFIED: "语言模型写的内容没有通过核对",
    Failure.CROWDED: "同时提问的人较多，语言模型忙不过来",
    Failure.PAUSED: "语言模型服务连续出错，暂停使用",
    Failure.STOPPED: "已停止生成",
}
