/// Docker Model Runner's own routes: the models that are here, and the engines that run them. Start reading at
/// [dev.jmr.server.models.ModelRoutes].
package dev.jmr.server.models;
