# make model TEXTS=FOLDER: from corpus to models/communique-small (Python 3.11, training/requirements.txt). FOLDER holds the texts of
# corpus/real (corpus/README.md). Without it the model learns from the project's own texts alone; training/README.md says what that costs.
LEARNT = corpus/original $(if $(TEXTS),training/runs/real)
RUN ?= training/runs/model
ENCODER ?= training/encoders/bge-small-en-v1.5
PYTHON ?= python3
export MALLOC_MMAP_MAX_ = 0
export MALLOC_TRIM_THRESHOLD_ = 100000000000
export MALLOC_TOP_PAD_ = 268435456

.PHONY: model
model: $(ENCODER)/model.onnx
	$(if $(TEXTS),rm -rf training/runs/real; $(PYTHON) corpus/standoff.py join corpus/real/*.jsonl --texts $(TEXTS) --out training/runs/real || test $$? -eq 3)
	$(PYTHON) -W ignore training/train.py --rounded --texts $(LEARNT) --encoder $(ENCODER) --out $(RUN)
	$(PYTHON) training/export.py --run $(RUN)

$(ENCODER)/model.onnx:
	$(PYTHON) training/encoder.py $(ENCODER)
