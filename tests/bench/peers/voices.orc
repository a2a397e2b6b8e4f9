<CsoundSynthesizer>
<CsOptions>
-d -m0 -n
</CsOptions>
<CsInstruments>
sr=48000
ksmps=64
nchnls=2
0dbfs=1
instr 1
 kgate lfo 1, 4, 3
 kenv  madsr 0.005,0.1,0.6,0.2
 klfo lfo 800, 0.3
 a1 vco2 0.5, p4
 a2 moogladder2 a1, klfo+1500, 0.6
 a2 = a2*kenv*0.01
 al, ar pan2 a2, p5
 outs al, ar
endin
</CsInstruments>
