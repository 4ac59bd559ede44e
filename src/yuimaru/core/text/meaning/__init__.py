"""What words and sentences mean: an encoder, word vectors and synonyms, each of which may be absent."""

import os

# Sums over a few thousand rows are done before a second thread has woken up; set before numpy is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
