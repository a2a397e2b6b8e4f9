<CsoundSynthesizer>
<CsOptions>
-d -m0 -n
</CsOptions>
<CsInstruments>
sr=48000
ksmps=64
nchnls=1
0dbfs=1
gi ftgen 1,0,16384,10,1
instr 1
 a1 oscili 0.001, p4, 1
 out a1
endin
</CsInstruments>
