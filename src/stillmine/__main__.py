"""Run the program as `python -m stillmine`."""

from stillmine.cli.main import main

if __name__ == "__main__":
    main()
