/// Arrays outside of the heap, with a header before their elements as devices expect it; start at
/// [uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray].
package uk.ac.manchester.tornado.api.types.arrays;
