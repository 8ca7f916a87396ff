"""Environment over ``.env`` over default; a value that can't be used is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.settings import ROOT, ChatSettings, Settings, SettingsError, WebSettings


def test_defaults_point_into_the_repository() -> None:
    settings = Settings.read({}, env_file=None)
    assert settings == Settings()
    assert settings.corpus_dir == ROOT / "corpus"
    assert (ROOT / "pyproject.toml").is_file()
    assert Path(settings.embedding_model).is_relative_to(ROOT / "models")


def test_every_setting_is_read_and_typed() -> None:
    settings = Settings.read(
        {
            "CORPUS_DIR": "c",
            "INDEX_DIR": "i",
            "EMBEDDING_MODEL": "owner/model",
            "EMBEDDING_QUERY_INSTRUCTION": "查询：",
            "CHUNK_TOKENS": "80",
            "RUNS_DIR": "r",
        },
        env_file=None,
    )
    assert settings == Settings(Path("c"), Path("i"), "owner/model", "查询：", 80, runs_dir=Path("r"))


def test_environment_wins_over_the_file_and_the_file_over_the_default(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("CHUNK_TOKENS=70\nINDEX_DIR=from-file\nNAME_WITHOUT_VALUE\n", encoding="utf-8")
    settings = Settings.read({"CHUNK_TOKENS": "90"}, env_file=file)
    assert (settings.chunk_tokens, settings.index_dir) == (90, Path("from-file"))
    assert settings.corpus_dir == Settings().corpus_dir


def test_a_missing_file_and_empty_values_mean_the_default(tmp_path: Path) -> None:
    empty = {"CORPUS_DIR": "", "INDEX_DIR": "", "EMBEDDING_MODEL": "", "CHUNK_TOKENS": ""}
    assert Settings.read(empty, env_file=tmp_path / "none") == Settings()


def test_the_process_environment_is_read_when_none_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHUNK_TOKENS", "33")
    assert Settings.read(env_file=None).chunk_tokens == 33


@pytest.mark.parametrize("written", ["0", "-1", "1.5", "many", " "])
def test_a_chunk_size_that_is_no_size_is_named_with_the_remedy(written: str) -> None:
    with pytest.raises(SettingsError, match="CHUNK_TOKENS must be a whole number above 0") as caught:
        Settings.read({"CHUNK_TOKENS": written}, env_file=None)
    assert repr(written) in str(caught.value)
    assert "unset it" in str(caught.value)


def test_a_chat_model_needs_address_and_name() -> None:
    assert Settings.read({}, env_file=None).chat is None
    given = {"LLM_BASE_URL": "http://127.0.0.1:8000/v1/", "LLM_MODEL": "qwen-plus", "LLM_API_KEY": "secret-key"}
    chat = Settings.read(given, env_file=None).chat
    assert chat == ChatSettings("http://127.0.0.1:8000/v1", "qwen-plus", "secret-key")
    assert "secret-key" not in repr(chat)
    assert "secret-key" not in repr(Settings.read(given, env_file=None))
    with pytest.raises(SettingsError, match="LLM_BASE_URL is set but LLM_MODEL is not"):
        Settings.read({"LLM_BASE_URL": "http://127.0.0.1/v1"}, env_file=None)
    with pytest.raises(SettingsError, match="LLM_MODEL is set but LLM_BASE_URL is not"):
        Settings.read({"LLM_MODEL": "qwen-plus"}, env_file=None)


@pytest.mark.parametrize("written", ["localhost:8000/v1", "ftp://host/v1", "http://"])
def test_an_address_that_is_none_is_named(written: str) -> None:
    with pytest.raises(SettingsError, match="LLM_BASE_URL must be like"):
        Settings.read({"LLM_BASE_URL": written, "LLM_MODEL": "m"}, env_file=None)


def test_the_web_app_is_open_to_all_and_limited_unless_it_is_set_otherwise() -> None:
    web = Settings.read({}, env_file=None).web
    assert web == WebSettings({}, 300, 32, 60, (), ())
    given = {
        "APP_AUTH": "wang:geheim, li:a:b",
        "RATE_LIMIT": "0",
        "ANSWERS_AT_ONCE": "5",
        "REQUEST_TIMEOUT": "7",
        "TRUSTED_PROXIES": "127.0.0.1, 10.0.0.0/8",
        "FRAME_ANCESTORS": "https://portal.example",
    }
    settings = Settings.read(given, env_file=None)
    assert settings.web == WebSettings(
        {"wang": "geheim", "li": "a:b"}, None, 5, 7, ("127.0.0.1", "10.0.0.0/8"), ("https://portal.example",)
    )
    assert "geheim" not in repr(settings)


@pytest.mark.parametrize("written", ["geheim", "wang:", ":geheim", "wang:geheim,", "wang:geheim,wang:other"])
def test_accounts_that_are_none_are_declined_without_showing_them(written: str) -> None:
    with pytest.raises(SettingsError, match="APP_AUTH must be name:password") as caught:
        Settings.read({"APP_AUTH": written}, env_file=None)
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("RATE_LIMIT", "-1"),
        ("REQUEST_TIMEOUT", "0"),
        ("TRUSTED_PROXIES", "proxy"),
        ("FRAME_ANCESTORS", "portal.example; script-src *"),
    ],
)
def test_a_web_setting_that_cannot_be_used_is_named(name: str, written: str) -> None:
    with pytest.raises(SettingsError, match=name) as caught:
        Settings.read({name: written}, env_file=None)
    assert repr(written) in str(caught.value)


@pytest.mark.parametrize("address", ["http://localhost:8000", "https://chroma.example", "http://[::1]:8000/"])
def test_a_chroma_server_is_an_address(address: str) -> None:
    assert Settings.read({"CHROMA_URL": address}, env_file=None).chroma_url == address.rstrip("/")


@pytest.mark.parametrize("address", ["localhost:8000", "ftp://host", "http://", "http://host/path", "http://host:port"])
def test_what_is_no_address_of_a_server_is_named(address: str) -> None:
    with pytest.raises(SettingsError, match=r"CHROMA_URL must be like http://host:8000, not .* correct it or unset it"):
        Settings.read({"CHROMA_URL": address}, env_file=None)
