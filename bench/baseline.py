"""The linear baseline beside the screening model: TF-IDF and logistic regression of scikit-learn, learnt from the same messages.

baseline.py LEARN TEXTS: LEARN as fastText reads it, TEXTS one a line. Prints texts a second on one core; exits with 3 where
scikit-learn is not installed (Debian: python3-sklearn).
"""
import sys
import time

try:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
except ImportError:
    sys.exit(3)

with open(sys.argv[1], encoding="utf-8") as file:
    labels, texts = zip(*(line.rstrip("\n").split(" ", 1) for line in file))
with open(sys.argv[2], encoding="utf-8") as file:
    asked = [line.rstrip("\n") for line in file]
baseline = make_pipeline(TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True), LogisticRegression(max_iter=300))
baseline.fit(texts, labels)
began = time.perf_counter()
baseline.predict_proba(asked)
print(f"{len(asked) / (time.perf_counter() - began):.0f}")
