"""What the log says about the language model."""

MODEL_SET = "model.set"
MODEL_ON = "model.switched_on"
MODEL_OFF = "model.switched_off"
