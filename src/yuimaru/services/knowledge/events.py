"""What the log says about the language model, and about how sure answers must be."""

MODEL_SET = "model.set"
MODEL_ON = "model.switched_on"
MODEL_OFF = "model.switched_off"
ANSWERS_CALIBRATED = "answers.calibrated"
