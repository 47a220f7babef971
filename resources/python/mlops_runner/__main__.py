"""Entry: `python -I -S __main__.py <run folder>`."""

import os
import sys

if __name__ == "__main__":
    _here = os.path.dirname(os.path.abspath(__file__))
    sys.path.insert(0, os.path.dirname(_here))
    if len(sys.argv) == 2:
        # The extension's folder may be read-only, so compiled files go to the home.
        _home = os.path.dirname(os.path.dirname(os.path.abspath(sys.argv[1])))
        sys.pycache_prefix = os.path.join(_home, "pycache")
    from mlops_runner.main import main

    sys.exit(main(sys.argv[1:]))
