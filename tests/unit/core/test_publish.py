import pytest

from jangkau.core.publish import STAGING, staging


def publish(out, **files):
    with staging(out) as folder:
        for name, text in files.items():
            path = folder / name.replace("__", "/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)


def shown(out):
    names = (path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())
    return sorted(name for name in names if not name.startswith("."))


def test_files_appear_only_when_all_are_written(tmp_path):
    with pytest.raises(OSError, match="long"):
        publish(tmp_path, a="half", **{"b" * 300: "too long a name"})
    assert shown(tmp_path) == []
    publish(tmp_path, a="whole")
    assert shown(tmp_path) == ["a"]
    assert not (tmp_path / STAGING).exists()


def test_what_is_no_longer_written_goes_and_what_others_put_there_stays(tmp_path):
    publish(tmp_path, lampiran__1="x", lampiran__2="x", a="x")
    (tmp_path / "lampiran" / "catatan").write_text("milik orang")
    publish(tmp_path, lampiran__1="y")
    assert shown(tmp_path) == ["a", "lampiran/1", "lampiran/catatan"]
    assert (tmp_path / "lampiran" / "1").read_text() == "y"


def test_an_empty_folder_empties_what_was_published(tmp_path):
    publish(tmp_path, unggah__1="x", a="x")
    with staging(tmp_path) as folder:
        (folder / "unggah").mkdir()
    assert shown(tmp_path) == ["a"]
