import sys
from pyo import *
s = Server(sr=48000, nchnls=2, buffersize=64, audio='offline').boot()
s.recordOptions(dur=float(sys.argv[1]), filename=sys.argv[2], fileformat=0, sampletype=3)
voices = []
for i in range(128):
    sweep = Sine(0.3, mul=800, add=1500)
    envelope = Adsr(.005, .1, .6, .2, dur=0)
    envelope.play()
    saw = LFO(freq=40 + i * 5.1, sharp=1, type=0)
    ladder = MoogLP(saw, sweep, 0.6, mul=envelope * 0.01)
    voices.append((sweep, envelope, saw, ladder, Pan(ladder, outs=2, pan=i / 128).out()))
s.start()
