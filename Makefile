# make model TEXTS="corpus/original ../shared/corpus/real": from corpus to models/communique-small (Python 3.11, training/requirements.txt).
# Without TEXTS it trains on the project's own texts alone; training/README.md says what that costs.
TEXTS ?= corpus/original
RUN ?= training/runs/model
ENCODER ?= training/encoders/bge-small-en-v1.5
PYTHON ?= python3
export MALLOC_MMAP_MAX_ = 0
export MALLOC_TRIM_THRESHOLD_ = 100000000000
export MALLOC_TOP_PAD_ = 268435456

.PHONY: model
model: $(ENCODER)/model.onnx
	$(PYTHON) -W ignore training/train.py --texts $(TEXTS) --encoder $(ENCODER) --out $(RUN)
	$(PYTHON) training/export.py --run $(RUN)

$(ENCODER)/model.onnx:
	$(PYTHON) training/encoder.py $(ENCODER)
