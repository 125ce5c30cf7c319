/// The shapes of kernels: [uk.ac.manchester.tornado.api.common.TornadoFunctions].
package uk.ac.manchester.tornado.api.common;
