/// What goes wrong on devices; the base is [uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException].
package uk.ac.manchester.tornado.api.exceptions;
