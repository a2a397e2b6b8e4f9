import sys
from pyo import *
s = Server(sr=48000, nchnls=1, buffersize=64, audio='offline').boot()
s.recordOptions(dur=float(sys.argv[1]), filename=sys.argv[2], fileformat=0, sampletype=3)
o = Sine([50 + i * 7.3 for i in range(1000)], mul=0.001).out()
s.start()
