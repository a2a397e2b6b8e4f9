for(0=>int i;i<128;i++){ BlitSaw s => LPF f => ADSR e => Pan2 p => dac; 40+i*5.1=>s.freq; 1500=>f.freq; 4=>f.Q; e.set(5::ms,100::ms,0.6,200::ms); e.keyOn(); i/64.0-1=>p.pan; 0.01=>e.gain; }
Std.atof(me.arg(0))::second=>now;
