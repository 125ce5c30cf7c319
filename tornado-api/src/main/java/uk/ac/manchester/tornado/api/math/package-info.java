/// Functions that devices know: [uk.ac.manchester.tornado.api.math.TornadoMath].
package uk.ac.manchester.tornado.api.math;
