"""質問と回答: what people ask and no document answers, the answers of staff, and a year of needs."""
