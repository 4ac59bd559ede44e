"""`python -m yuimaru`: the command line."""

from yuimaru.config.commandline import main

if __name__ == "__main__":
    main()
