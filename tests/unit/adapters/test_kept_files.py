"""Files that are written behind the back of whoever changes them."""

from pathlib import Path
from weakref import ref

from workloom.adapters.kept_files import KeptFiles


class Maker:
    """What a file is made of."""

    def content(self) -> bytes:
        """What stands in it."""
        return b"as things stand"


def test_what_a_file_was_made_of_is_not_kept_until_the_next_one(tmp_path: Path) -> None:
    files, maker = KeptFiles(), Maker()
    gone = ref(maker)
    files.write(tmp_path / "seen", maker.content)
    del maker
    assert files.flush(30.0)
    assert (tmp_path / "seen").read_bytes() == b"as things stand"
    assert gone() is None
    files.close()
