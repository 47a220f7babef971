"""What a copy of a package's folder holds, and which requirements are folders."""

import os
import tempfile
import unittest

from mlops_runner import package_copy


class PackageCopy(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.addCleanup(self._folder.cleanup)
        self.root = os.path.realpath(self._folder.name)
        self.lib, self.into = os.path.join(self.root, "lib"), os.path.join(self.root, "into")
        for folder in (
            "lib/code/build",
            "lib/build",
            "lib/x.egg-info",
            "lib/code/__pycache__",
            "lib/.git",
            "into",
        ):
            os.makedirs(os.path.join(self.root, folder))

    def write(self, name, size=1):
        with open(os.path.join(self.root, name), "wb") as file:
            file.write(b"x" * size)

    def test_requirements_that_name_folders_are_recognised(self):
        for before, after in (("", ""), ("", "[fast]"), ("", "; python_version > '3.9'"), ("", "[a,b] ; x")):
            with self.subTest(before=before, after=after):
                copied = package_copy.copied(f"{before}{self.lib}{after}", self.into)
                self.assertRegex(copied, r"^\S+/package-\d+/lib")
                self.assertTrue(copied.endswith(f"/lib{after}"), copied)
        address = package_copy.copied(f"lib[fast] @ file://{self.lib}#egg=lib ; x", self.into)
        self.assertRegex(address, r"^lib\[fast\] @ file:///\S+/package-\d+/lib#egg=lib ; x$")
        for other in ("pandas==2.2.3", "lib", "./lib", "git+file://" + self.lib, self.lib + "/none.whl", ""):
            self.assertFalse(package_copy.is_folder(other), other)

    def test_a_copy_has_the_source_and_equivalent_links(self):
        self.write("lib/code/one.py")
        self.write("lib/code/build/kept.py")
        self.write("lib/large.bin", 2_000_000)
        self.write("beside.txt")
        os.symlink("../../beside.txt", os.path.join(self.lib, "code", "link.txt"))
        os.mkfifo(os.path.join(self.lib, "code", "pipe"))
        copy = package_copy.copied(self.lib, self.into)
        self.assertEqual(sorted(os.listdir(copy)), [".git", "code", "large.bin"])
        self.assertEqual(sorted(os.listdir(os.path.join(copy, "code"))), ["build", "link.txt", "one.py"])
        self.assertTrue(os.path.islink(os.path.join(copy, "large.bin")))
        self.assertFalse(os.path.islink(os.path.join(copy, "code", "one.py")))
        for name in ("code/build/kept.py", "code/link.txt", "../beside.txt"):
            self.assertTrue(os.path.isfile(os.path.join(copy, name)), name)


if __name__ == "__main__":
    unittest.main()
