for(0=>int i;i<1000;i++){ SinOsc s => dac; 50+i*7.3=>s.freq; 0.001=>s.gain; }
Std.atof(me.arg(0))::second=>now;
