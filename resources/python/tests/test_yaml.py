"""The golden values of the extension's YAML reader are what PyYAML makes of the same texts."""

import os
import subprocess
import unittest

from .support import PACKAGE

SDK = os.environ.get("MLOPS_TEST_SDK")
GOLDEN = os.path.join(os.path.dirname(PACKAGE), "..", "..", "test", "yaml", "golden.py")


@unittest.skipUnless(SDK, "set MLOPS_TEST_SDK to a Python that has PyYAML")
class GoldenValues(unittest.TestCase):
    def test_pyyaml_reads_the_golden_values(self):
        done = subprocess.run([SDK, GOLDEN], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == "__main__":
    unittest.main()
